"""Choice: the model, and with it the convention, by which works are found where nobody has asked for one."""

from papertwin.data.conventions import RECORD, WORK, convention_told, other
from papertwin.data.exports.tables import convention_of
from papertwin.data.files.streams import Note
from papertwin.models import Model, load
from papertwin.works.intake import Taken
from papertwin.works.remarks import of_convention


def chosen_model(
    asked: str | None, threshold: float | None, taken: Taken, against: str | None, note: Note, tell: Note
) -> Model:
    """The model that was asked for, else of the existing works' convention, else what users of such files mean.

    `against` is the file of existing works. `note` is told which it is and why, `tell` where the existing works were
    made by the other convention.
    """
    by_record = [f"{name} ({form})" for name, form in taken.forms.items() if convention_of(form) == RECORD]
    model = load(asked or taken.convention or (RECORD if by_record else WORK)).at(threshold)
    if taken.convention:
        why = f"as in {against}"
    else:
        why = f"the default because of {by_record[0]}" if by_record else "the default for such files"
    by_default = "" if asked else f", {why}; --model {other(model.convention)} counts the other way"
    note(f"model {model.signature}, {convention_told(model.convention)}{by_default}")
    for remark in of_convention(taken, model, str(against), "--model "):
        tell(remark.text)
    return model

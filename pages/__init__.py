"""Pages: what people see, in a browser or a terminal. A page needs no network.

In a terminal: `side_by_side` (a pair and the reasons for its answer) and `importances` (also as a picture).

The report of a model: `report_contents` (what it says), `charts` (its plots, on `svg`), `render` (the template in
report/ made a page), `report_file` (the page as a file), base.css (its typography). colours.css holds the colours that
all pages share.

The review page, in reading order: `pairs` (what is to be decided), `queue` (in which order), `shown` (how a pair
looks), `steps` (what to do with the decisions), `scored` (these together), `journal` (what was decided, on disk),
`refit` and `refits` (learning from it meanwhile: one refit, and when one starts), `session` (a review under way),
`policy`, `server` and `static` (the two ways to the reader); HTML, CSS and JavaScript are in review/.
"""

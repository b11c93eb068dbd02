"""Pages: what people see in a browser, each page one file that needs no network.

The report of a model: `report` (what it says), `charts` (its plots, on `svg`), `render` (the template in report/ made a
page). base.css holds the colours and the typography that all pages share.
"""

"""Made pairs: real records varied by rules that every librarian would sign.

The labelled sets hold few of the kinds that hurt most (parts of a series, notices, generic titles, sparse copies), so
a model that learns from them alone has hardly seen one. Each rule takes a record and gives a pair with its decision
under both conventions. `rules` lists them; they stand in `series`, `companions`, `headed`, `books`,
`copies`, `damaged`, `preprints`, `versions`, `working_papers`, `catalogued` and `registered`, made of `varied`.
"""

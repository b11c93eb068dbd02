"""Works: records to works with their versions.

Reading order: `keys` (KEYS, what makes records worth comparing), `candidates`, `shelf` (where records wait),
`preparing` and `intake` (files onto the shelf), `choice` (of the model), `comparing` (its answers), `clusters`,
`constraints` (what a person has said), `linkage`, `labels`, `merging`, `splitting` (the way back), `finding` (all of it
in turn), `existing`, `doubtful`, `outcome` (what it comes to), `counts`, `remarks`, `removal_reasons` (why), `library`.
"""

-- Call stacks of samples, as a tree for each process: a node is a place in code as reached through its parent.
CREATE TABLE stack (
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    node        INTEGER NOT NULL,                       -- from 1; a parent has a smaller number than its children
    parent      INTEGER NOT NULL,                       -- 0: nobody that is known called it
    function_id INTEGER REFERENCES function,            -- NULL: code that is in no function of a site table
    file_id     INTEGER REFERENCES file,
    line        INTEGER NOT NULL,                       -- that ran, or that called the next node
    outside     TEXT NOT NULL,                          -- where function_id is NULL: the library or program that has
                                                        -- it, with its function where symbols tell; frames within
                                                        -- a library are one, named by the outermost
    samples     INTEGER NOT NULL,                       -- with this node innermost
    PRIMARY KEY (process_id, node)
) STRICT, WITHOUT ROWID;

-- Call stacks of allocations, some of which had theirs kept: a tree like that of samples.
CREATE TABLE alloc_stack (
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    node        INTEGER NOT NULL,
    parent      INTEGER NOT NULL,
    function_id INTEGER REFERENCES function,
    file_id     INTEGER REFERENCES file,
    line        INTEGER NOT NULL,
    outside     TEXT NOT NULL,
    allocs      INTEGER NOT NULL,                       -- that came to this node, estimated; line_allocs has the truth
    PRIMARY KEY (process_id, node)
) STRICT, WITHOUT ROWID;

CREATE VIEW stack_names AS
SELECT s.process_id, process.run_id, s.node, s.parent, coalesce(function.name, s.outside) AS name,
       coalesce(file.path, '') AS file, s.line, s.samples
FROM stack s
JOIN process ON process.id = s.process_id
LEFT JOIN function ON function.id = s.function_id
LEFT JOIN file ON file.id = s.file_id;

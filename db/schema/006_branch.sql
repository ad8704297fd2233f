-- Outcomes of conditions, where the counters of the lines tell them.

CREATE TABLE branch (                                   -- a condition
    unit_id     INTEGER NOT NULL REFERENCES unit,
    number      INTEGER NOT NULL,                       -- in the unit's site table, from 0
    function_id INTEGER NOT NULL REFERENCES function,
    file_id     INTEGER NOT NULL REFERENCES file,
    line        INTEGER NOT NULL,
    PRIMARY KEY (unit_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE outcomes (                                 -- only of conditions that were evaluated
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    unit_id     INTEGER NOT NULL REFERENCES unit,
    number      INTEGER NOT NULL,                       -- with unit_id: of a branch
    taken       INTEGER NOT NULL CHECK (taken >= 0),    -- times it was true
    missed      INTEGER NOT NULL CHECK (missed >= 0),   -- times it was false
    PRIMARY KEY (process_id, unit_id, number)
) STRICT, WITHOUT ROWID;

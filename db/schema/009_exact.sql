-- Lines that were timed by the clock each time they ran (farmcc --farm-time=exact).
CREATE TABLE lap (                                      -- a line of a function whose lines are timed
    unit_id     INTEGER NOT NULL REFERENCES unit,
    number      INTEGER NOT NULL,                       -- in the unit's site table
    function_id INTEGER NOT NULL REFERENCES function,
    file_id     INTEGER NOT NULL REFERENCES file,
    line        INTEGER NOT NULL,
    PRIMARY KEY (unit_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX lap_by_function ON lap (function_id);

CREATE TABLE lap_obstacle (                             -- functions whose lines could not be timed, and why
    unit_id     INTEGER NOT NULL REFERENCES unit,
    function_id INTEGER NOT NULL REFERENCES function,
    reason      TEXT NOT NULL,
    PRIMARY KEY (unit_id, function_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE exact_clock (                              -- of processes with such lines
    process_id  INTEGER NOT NULL PRIMARY KEY REFERENCES process ON DELETE CASCADE,
    lap_cost_ns REAL NOT NULL,                          -- what timing adds to a line each time: measured at the start
    lap_cost_spread_ns REAL NOT NULL                    -- distance of its quartiles
) STRICT;

CREATE TABLE exact_line (                               -- only lines that took time
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    unit_id     INTEGER NOT NULL REFERENCES unit,
    number      INTEGER NOT NULL,                       -- of the lap
    time_ns     REAL NOT NULL,                          -- wall time of all threads with what the line called, its cost
                                                        -- taken off; of a recursion: the outermost activation
    cost_ns     REAL NOT NULL,                          -- what was taken off
    PRIMARY KEY (process_id, unit_id, number)
) STRICT, WITHOUT ROWID;

CREATE VIEW exact_time AS
SELECT e.process_id, p.run_id, file.path AS file, l.line, f.name AS function, e.time_ns, e.cost_ns
FROM exact_line e
JOIN lap l ON l.unit_id = e.unit_id AND l.number = e.number
JOIN process p ON p.id = e.process_id
JOIN function f ON f.id = l.function_id
JOIN file ON file.id = l.file_id;

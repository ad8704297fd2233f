-- How long calls took, by the clock that the runtime read around them.
CREATE TABLE clock (                                    -- of processes that may have timed calls
    process_id  INTEGER NOT NULL PRIMARY KEY REFERENCES process ON DELETE CASCADE,
    source      TEXT NOT NULL CHECK (source IN ('tsc', 'monotonic')),
    ticks_per_s REAL NOT NULL,                          -- measured over the whole run
    call_cost_ns REAL NOT NULL,                         -- what timing adds to a call: taken off each time
    call_cost_spread_ns REAL NOT NULL,                  -- distance of its quartiles
    thin_below_ns INTEGER NOT NULL                      -- of functions with shorter calls only some are timed
) STRICT;

CREATE TABLE timing (                                   -- a timed call stands for itself and those since the one before
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    function_id INTEGER NOT NULL REFERENCES function,
    timed       INTEGER NOT NULL,                       -- calls that were timed
    calls       INTEGER NOT NULL,                       -- calls that these stand for
    total_ns    REAL NOT NULL,                          -- wall time of the latter, of all threads
    least_ns    REAL NOT NULL,
    most_ns     REAL NOT NULL,
    running     INTEGER NOT NULL,                       -- of the timed: still running when the process ended
    unseen      INTEGER NOT NULL,                       -- further ones whose end was not seen: longjmp, a thread's end
    thinned     INTEGER NOT NULL CHECK (thinned IN (0, 1)),      -- not every call was timed
    recursed    INTEGER NOT NULL CHECK (recursed IN (0, 1)),     -- a timed call held another one
    bins        BLOB NOT NULL,                          -- 9 bytes each: bin of runtime/format_time.h, calls
    PRIMARY KEY (process_id, function_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW call_time AS
SELECT t.process_id, p.run_id, file.path AS file, f.line, f.name AS function, t.timed, t.calls,
       t.total_ns / max(t.calls, 1) AS mean_ns, t.least_ns, t.most_ns, t.running, t.unseen, t.thinned, t.recursed
FROM timing t
JOIN process p ON p.id = t.process_id
JOIN function f ON f.id = t.function_id
JOIN file ON file.id = f.file_id;

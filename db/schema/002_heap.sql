-- Allocations: which line asked for how much memory, and what became of it.
CREATE TABLE wrapper (                                  -- functions that allocate for their callers (--farm-alloc)
    function_id INTEGER PRIMARY KEY REFERENCES function
) STRICT;

CREATE TABLE heap (                                     -- processes whose allocations were counted
    process_id  INTEGER PRIMARY KEY REFERENCES process ON DELETE CASCADE,
    peak_bytes  INTEGER NOT NULL,                       -- the most that was live at a time
    several     INTEGER NOT NULL CHECK (several IN (0, 1)),    -- threads allocated: peaks are exact to a 64th only
    early       INTEGER NOT NULL,                       -- allocations before anything instrumented ran: in no other row
    unfollowed  INTEGER NOT NULL,                       -- allocations whose end could not be seen
    unseen_frees INTEGER NOT NULL,                      -- frees that only showed when the address came again
    reach       TEXT NOT NULL CHECK (reach IN ('all', 'own allocator', 'plug-in'))     -- which calls are seen
) STRICT;

CREATE TABLE line_allocs (                              -- by the innermost instrumented line
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    function_id INTEGER NOT NULL REFERENCES function,
    file_id     INTEGER NOT NULL REFERENCES file,
    line        INTEGER NOT NULL,
    below       TEXT NOT NULL,                          -- '' where the line allocates itself; 'stream buffer'; else the
                                                        -- library, or the function that is not instrumented or is
                                                        -- a wrapper
    allocs      INTEGER NOT NULL,                       -- calls that got memory; realloc is one, and a free of the old
    bytes       INTEGER NOT NULL,                       -- asked for
    frees       INTEGER NOT NULL,
    freed_bytes INTEGER NOT NULL,
    temporary   INTEGER NOT NULL,                       -- freed before the thread allocated again
    failed      INTEGER NOT NULL,                       -- calls that got no memory
    peak_bytes  INTEGER NOT NULL,                       -- of the line; a sum, so perhaps too high, where sites > 1
    at_peak_bytes INTEGER NOT NULL,                     -- live when the process had its peak
    sites       INTEGER NOT NULL,                       -- calls in the program's code that the line stands for
    PRIMARY KEY (process_id, function_id, file_id, line, below)
) STRICT, WITHOUT ROWID;

CREATE TABLE outside_allocs (                           -- allocations that name no instrumented line, and why
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    place       TEXT NOT NULL,                          -- module that asked; 'stream buffer'
    reason      TEXT NOT NULL,
    allocs      INTEGER NOT NULL,
    bytes       INTEGER NOT NULL,
    frees       INTEGER NOT NULL,
    freed_bytes INTEGER NOT NULL,
    temporary   INTEGER NOT NULL,
    failed      INTEGER NOT NULL,
    peak_bytes  INTEGER NOT NULL,
    at_peak_bytes INTEGER NOT NULL,
    PRIMARY KEY (process_id, place, reason)
) STRICT, WITHOUT ROWID;

-- Allocations with what was leaked: what was live when a process ended by itself, but for buffers of streams, which the
-- C library keeps until then (buffer_bytes). NULL where a process was killed, or became another program.
CREATE VIEW line_leak AS
SELECT a.*, iif(p.ended IN ('exit', 'fast exit'), iif(a.below = 'stream buffer', 0, a.bytes - a.freed_bytes), NULL)
       AS leaked_bytes,
       iif(p.ended IN ('exit', 'fast exit'), iif(a.below = 'stream buffer', 0, a.allocs - a.frees), NULL) AS leaked,
       iif(p.ended IN ('exit', 'fast exit') AND a.below = 'stream buffer', a.bytes - a.freed_bytes, 0) AS buffer_bytes
FROM line_allocs a
JOIN process p ON p.id = a.process_id;

-- Likewise, of what names no line.
CREATE VIEW outside_leak AS
SELECT a.*, iif(p.ended IN ('exit', 'fast exit'), iif(a.place = 'stream buffer', 0, a.bytes - a.freed_bytes), NULL)
       AS leaked_bytes
FROM outside_allocs a
JOIN process p ON p.id = a.process_id;

-- Allocations by process and line, with names.
CREATE VIEW line_heap AS
SELECT a.process_id, p.run_id, file.path AS file, a.line, f.name AS function, a.below, a.allocs, a.bytes, a.frees,
       a.temporary, a.failed, a.peak_bytes, a.at_peak_bytes, a.bytes - a.freed_bytes AS live_bytes, a.leaked_bytes,
       a.leaked
FROM line_leak a
JOIN process p ON p.id = a.process_id
JOIN function f ON f.id = a.function_id
JOIN file ON file.id = a.file_id;

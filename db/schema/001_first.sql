-- The store of farmdb. Steps in this folder are append-only: what is written here may be in files of users.
--
-- A run is one invocation with its child processes. A process is one record file. Builds are known by their modules
-- (executable or shared object, by build-id), whose site tables say what functions and lines there are. Facts of a
-- process point to lines and functions of its modules. Notions derived from the facts are views, at the end.
--
-- Times are nanoseconds, addresses are signed 64-bit, texts are UTF-8 as far as the recorded program's were.
PRAGMA application_id = 0x4641524d;                     -- "FARM"

CREATE TABLE run (
    id          INTEGER PRIMARY KEY,
    uuid        TEXT NOT NULL UNIQUE,                   -- FARM_RUN, else the uuid of one of its processes
    given       INTEGER NOT NULL DEFAULT 0 CHECK (given IN (0, 1)),    -- by FARM_RUN: not to be joined with another
    label       TEXT NOT NULL DEFAULT '',
    started_ns  INTEGER NOT NULL                        -- realtime clock, of its earliest process
) STRICT;
CREATE INDEX run_by_start ON run (started_ns);
CREATE INDEX run_by_label ON run (label) WHERE label <> '';

CREATE TABLE recorded (                                 -- what farmdb saw of a run that it started itself
    run_id      INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
    argv        TEXT NOT NULL,                          -- JSON array
    cwd         TEXT NOT NULL,
    host        TEXT NOT NULL,
    kernel      TEXT NOT NULL,
    cpu         TEXT NOT NULL,
    cores       INTEGER NOT NULL,
    governor    TEXT NOT NULL,                          -- of processor 0; '' where it cannot be read
    git_commit  TEXT NOT NULL,                          -- of the working folder; '' where that is in no work tree
    dirty       INTEGER NOT NULL CHECK (dirty IN (0, 1)),   -- tracked files had changes
    wall_ns     INTEGER NOT NULL,
    user_ns     INTEGER NOT NULL,                       -- this and the next: of the command with all that it waited for
    sys_ns      INTEGER NOT NULL,
    max_rss_kb  INTEGER NOT NULL,                       -- of the largest process
    minor_faults INTEGER NOT NULL,
    major_faults INTEGER NOT NULL,
    voluntary_switches   INTEGER NOT NULL,
    involuntary_switches INTEGER NOT NULL,
    ended       TEXT NOT NULL CHECK (ended IN ('exit', 'signal', 'timeout')),
    end_value   INTEGER NOT NULL,                       -- status or signal; time limit in milliseconds
    padding     INTEGER NOT NULL,                       -- bytes by which the environment was made larger
    load        REAL NOT NULL,                          -- average of the last minute, as the run began
    others      REAL,                                   -- cores that others kept busy meanwhile; NULL: not known
    contaminated TEXT NOT NULL                          -- why its times are not to be trusted; '': nothing was seen
) STRICT;

CREATE TABLE process (
    id          INTEGER PRIMARY KEY,
    run_id      INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    uuid        TEXT NOT NULL UNIQUE,                   -- of the record: what makes taking it in idempotent
    parent_uuid TEXT NOT NULL,                          -- '' for a root
    pid         INTEGER NOT NULL,
    ppid        INTEGER NOT NULL,
    boot_id     TEXT NOT NULL,                          -- with pid_ns, pid and start_ticks it names one process, which
    pid_ns      TEXT NOT NULL,                          -- has several rows where it became another program by exec
    start_ticks INTEGER NOT NULL,
    exe         TEXT NOT NULL,
    cwd         TEXT NOT NULL,
    argv        TEXT NOT NULL,                          -- JSON array
    host        TEXT NOT NULL,
    kernel      TEXT NOT NULL,
    cpu         TEXT NOT NULL,
    cores       INTEGER NOT NULL,
    ended       TEXT NOT NULL CHECK (ended IN ('exit', 'fast exit', 'signal', 'exec', 'lost', 'dump', 'imported')),
    end_value   INTEGER NOT NULL,                       -- status or signal; -1 where not known
    cut_short   INTEGER NOT NULL CHECK (cut_short IN (0, 1)),   -- killed, or ended while other threads ran: loops
                                                        -- without calls, with a thread in it, may have more hits
    started_ns  INTEGER NOT NULL,
    wall_ns     INTEGER NOT NULL,
    user_ns     INTEGER NOT NULL,                       -- of one that died before it was measured: what its samples say
    sys_ns      INTEGER NOT NULL,
    user_off_ns INTEGER NOT NULL,                       -- of both: while farm_stop held, or before farm_reset
    sys_off_ns  INTEGER NOT NULL,
    max_rss_kb  INTEGER NOT NULL,
    minor_faults INTEGER NOT NULL,
    major_faults INTEGER NOT NULL,
    voluntary_switches   INTEGER NOT NULL,
    involuntary_switches INTEGER NOT NULL,
    threads_peak INTEGER NOT NULL,
    sampler     TEXT NOT NULL CHECK (sampler IN ('none', 'perf', 'timer', 'import')),
    sampler_note TEXT NOT NULL,                         -- why not perf, or none
    sample_hz   INTEGER NOT NULL,                       -- asked for
    samples     INTEGER NOT NULL,                       -- taken, those outside instrumented code included
    samples_lost INTEGER NOT NULL,
    note        TEXT NOT NULL                           -- what went wrong in recording or taking in
) STRICT;
CREATE INDEX process_by_run ON process (run_id);
CREATE INDEX process_by_pid ON process (pid, start_ticks);
CREATE INDEX process_by_ppid ON process (ppid);
CREATE INDEX process_by_parent ON process (parent_uuid) WHERE parent_uuid <> '';

CREATE TABLE param (                                    -- FARM_PARAM_NAME=VALUE
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    name        TEXT NOT NULL,
    value       TEXT NOT NULL,
    PRIMARY KEY (process_id, name)
) STRICT, WITHOUT ROWID;

-- What was built -----------------------------------------------------------------------------------------------------

CREATE TABLE module (
    id          INTEGER PRIMARY KEY,
    build_id    TEXT NOT NULL,                          -- hexadecimal; '' where it has none
    path        TEXT NOT NULL,                          -- where it was first seen
    tables_read INTEGER NOT NULL CHECK (tables_read IN (0, 1))   -- its site tables are in this store
) STRICT;
CREATE UNIQUE INDEX module_by_build_id ON module (build_id) WHERE build_id <> '';
CREATE UNIQUE INDEX module_by_path ON module (path) WHERE build_id = '';

CREATE TABLE process_module (
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    module_id   INTEGER NOT NULL REFERENCES module,
    path        TEXT NOT NULL,
    instrumented INTEGER NOT NULL CHECK (instrumented IN (0, 1)),
    PRIMARY KEY (process_id, module_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX process_module_by_module ON process_module (module_id);

CREATE TABLE source (                                   -- a source text, once per content
    id          INTEGER PRIMARY KEY,
    hash        BLOB NOT NULL UNIQUE,                   -- XXH3 128 bits of the text
    raw_len     INTEGER NOT NULL,
    packed      BLOB NOT NULL                           -- as in the object: farm_source_head and zlib data
) STRICT;

CREATE TABLE file (                                     -- a version of a source file: path and content
    id          INTEGER PRIMARY KEY,
    path        TEXT NOT NULL,                          -- absolute, without . and ..
    hash        BLOB NOT NULL,                          -- of the text that was compiled; all zero where unknown
    UNIQUE (path, hash)
) STRICT;

CREATE TABLE unit (                                     -- a translation unit of a module
    id          INTEGER PRIMARY KEY,
    module_id   INTEGER NOT NULL REFERENCES module,
    site_id     INTEGER NOT NULL,                       -- id of its site table
    name        TEXT NOT NULL,                          -- main source file, as the compiler was given it
    directory   TEXT NOT NULL,                          -- working folder of the compilation
    producer    TEXT NOT NULL DEFAULT '',               -- compiler and options, as DWARF has it; '' where it has not
    reason      TEXT,                                   -- why nothing of it is instrumented; NULL where something is
    sites       BLOB NOT NULL,                          -- the site table itself, as in the object: its expressions
    first_function INTEGER NOT NULL,                    -- id of its function 0; the others follow one by one
    first_line  INTEGER NOT NULL,                       -- the same for lines
    UNIQUE (module_id, site_id)
) STRICT;

CREATE TABLE function (
    id          INTEGER PRIMARY KEY,
    unit_id     INTEGER NOT NULL REFERENCES unit,
    file_id     INTEGER NOT NULL REFERENCES file,
    name        TEXT NOT NULL,
    line        INTEGER NOT NULL,
    last_line   INTEGER NOT NULL,
    reason      TEXT                                    -- why it is not instrumented; NULL where it is
) STRICT;
CREATE INDEX function_by_unit ON function (unit_id);
CREATE INDEX function_by_file ON function (file_id, line);
CREATE INDEX function_by_name ON function (name);

CREATE TABLE stranger (                                 -- functions of instrumented modules that no site table names
    module_id   INTEGER NOT NULL REFERENCES module,
    name        TEXT NOT NULL,
    PRIMARY KEY (module_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE line (                                     -- a line with a count
    id          INTEGER PRIMARY KEY,
    function_id INTEGER NOT NULL REFERENCES function,
    file_id     INTEGER NOT NULL REFERENCES file,
    line        INTEGER NOT NULL,
    in_loop     INTEGER NOT NULL CHECK (in_loop IN (0, 1))   -- body of a call-free loop: in flight where cut short
) STRICT;
CREATE INDEX line_by_function ON line (function_id);

-- An address of a module, once looked up, stays known: taking in the next run of the same build needs no debug
-- information. Depth 0 is the innermost inlined place. An address without a known place has one row with line 0.
CREATE TABLE place (
    module_id   INTEGER NOT NULL REFERENCES module,
    address     INTEGER NOT NULL,                       -- in the file: run-time address less the load bias
    depth       INTEGER NOT NULL,
    function_id INTEGER REFERENCES function,            -- NULL: no function of a site table
    file_id     INTEGER REFERENCES file,
    line        INTEGER NOT NULL,
    PRIMARY KEY (module_id, address, depth)
) STRICT, WITHOUT ROWID;

-- What happened ------------------------------------------------------------------------------------------------------

CREATE TABLE process_unit (                             -- units that registered: their lines without hits ran 0 times
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    unit_id     INTEGER NOT NULL REFERENCES unit,
    digest      INTEGER NOT NULL,                       -- of its counters: where it is equal, so are all hits
    PRIMARY KEY (process_id, unit_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE hits (                                     -- only lines that ran
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    line_id     INTEGER NOT NULL REFERENCES line,
    hits        INTEGER NOT NULL CHECK (hits > 0),
    PRIMARY KEY (process_id, line_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE wrong_hits (                               -- counts that came out below zero: wrong, so not known
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    line_id     INTEGER NOT NULL REFERENCES line,
    hits        INTEGER NOT NULL CHECK (hits < 0),
    PRIMARY KEY (process_id, line_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE calls (                                    -- only functions that ran
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    function_id INTEGER NOT NULL REFERENCES function,
    calls       INTEGER NOT NULL CHECK (calls > 0),
    PRIMARY KEY (process_id, function_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE line_samples (                             -- by the line of the innermost instrumented frame
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    function_id INTEGER NOT NULL REFERENCES function,
    file_id     INTEGER NOT NULL REFERENCES file,
    line        INTEGER NOT NULL,
    below       TEXT NOT NULL,                          -- '' in the line's own code; else the library or function that
                                                        -- is not instrumented and was called from it; with the
                                                        -- library what was called there, where its symbols tell
    samples     INTEGER NOT NULL CHECK (samples > 0),
    PRIMARY KEY (process_id, function_id, file_id, line, below)
) STRICT, WITHOUT ROWID;

CREATE TABLE function_samples (                         -- samples with the function anywhere on the stack, once each
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    function_id INTEGER NOT NULL REFERENCES function,
    samples     INTEGER NOT NULL CHECK (samples > 0),
    PRIMARY KEY (process_id, function_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE outside_samples (                          -- samples that name no instrumented line, and why
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    place       TEXT NOT NULL,                          -- module of the innermost frame
    reason      TEXT NOT NULL,
    samples     INTEGER NOT NULL CHECK (samples > 0),
    PRIMARY KEY (process_id, place, reason)
) STRICT, WITHOUT ROWID;

-- Samples in the profiler's own code: time that the program does not take without it, so no share is of it.
CREATE VIEW own_samples AS
SELECT process_id, samples FROM outside_samples WHERE reason = 'the profiler''s own work';

-- Derived ------------------------------------------------------------------------------------------------------------

-- Which process belongs to which: forked from it, the same process as another program, or started by it while it ran. A
-- tenth of a second of grace: so old may the end of one be that was killed.
CREATE VIEW kin AS
SELECT parent.id AS parent_id, parent.run_id AS parent_run_id, child.id AS child_id, child.run_id AS child_run_id
FROM process child JOIN process parent ON parent.uuid = child.parent_uuid
WHERE child.parent_uuid <> ''
UNION ALL
SELECT parent.id, parent.run_id, child.id, child.run_id
FROM process child JOIN process parent ON parent.pid = child.pid AND parent.start_ticks = child.start_ticks
WHERE child.start_ticks > 0 AND parent.boot_id = child.boot_id AND parent.pid_ns = child.pid_ns
      AND (parent.started_ns, parent.uuid) < (child.started_ns, child.uuid)
UNION ALL
SELECT parent.id, parent.run_id, child.id, child.run_id
FROM process child JOIN process parent ON parent.pid = child.ppid
WHERE child.parent_uuid = '' AND parent.boot_id = child.boot_id AND parent.pid_ns = child.pid_ns
      AND child.started_ns BETWEEN parent.started_ns AND parent.started_ns + parent.wall_ns + 100000000;

-- A run as `farmdb runs` lists it: as farmdb saw it where it started it, else from its processes. The root is the one
-- that started first. The run ended as the last program did that ran under the root's process id: exec puts one into
-- the place of another. User and system time are of the recorded processes, where there are any: what lines share.
CREATE VIEW run_summary AS
SELECT r.id, r.label, r.started_ns, r.processes, coalesce(recorded.wall_ns, r.wall_ns) AS wall_ns,
       coalesce(r.user_ns, recorded.user_ns) AS user_ns, coalesce(r.sys_ns, recorded.sys_ns) AS sys_ns,
       coalesce(r.max_rss_kb, recorded.max_rss_kb) AS max_rss_kb, r.samples,
       coalesce(recorded.argv, root.argv) AS argv, coalesce(recorded.ended, e.ended) AS ended,
       coalesce(recorded.end_value, e.end_value) AS end_value, r.root_id, coalesce(root.cwd, recorded.cwd) AS cwd,
       coalesce(recorded.contaminated, '') AS contaminated
FROM (SELECT run.id, run.uuid, run.label, run.started_ns, count(p.id) AS processes,
             max(p.started_ns + p.wall_ns) - min(p.started_ns) AS wall_ns, sum(p.user_ns) AS user_ns,
             sum(p.sys_ns) AS sys_ns, max(p.max_rss_kb) AS max_rss_kb, coalesce(sum(p.samples), 0) AS samples,
             (SELECT r.id FROM process r WHERE r.run_id = run.id ORDER BY r.started_ns, r.id LIMIT 1) AS root_id
      FROM run LEFT JOIN process p ON p.run_id = run.id
      GROUP BY run.id) r
LEFT JOIN process root ON root.id = r.root_id
LEFT JOIN process e ON e.id = (SELECT p.id FROM process p
                               WHERE p.run_id = r.id AND p.pid = root.pid AND p.host = root.host
                               ORDER BY p.started_ns DESC, p.id DESC LIMIT 1)
LEFT JOIN recorded ON recorded.run_id = r.id;

-- What one sample stands for, by run, sampler and rate: the user CPU time of all such processes, those that were too
-- short for a sample too, over all their samples, as far as it was collected. NULL where there are none: that time is
-- in no line and no function.
CREATE VIEW run_sampling AS
SELECT run_id, sampler, sample_hz, count(*) AS processes, sum(samples) AS samples,
       sum(user_ns - user_off_ns) AS user_ns, 1.0 * sum(user_ns - user_off_ns) / nullif(sum(samples), 0) AS sample_ns
FROM process
GROUP BY run_id, sampler, sample_hz;

-- Hits by process and line, with names.
CREATE VIEW line_hits AS
SELECT hits.process_id, process.run_id, file.path AS file, line.line, function.name AS function, hits.hits,
       line.in_loop AND process.cut_short AS in_flight
FROM hits
JOIN process ON process.id = hits.process_id
JOIN line ON line.id = hits.line_id
JOIN function ON function.id = line.function_id
JOIN file ON file.id = line.file_id;

-- Self time by process and line: the line's own code and what it called that is not instrumented (below).
CREATE VIEW line_time AS
SELECT s.process_id, process.run_id, file.path AS file, s.line, function.name AS function, s.below, s.samples,
       s.samples * run_sampling.sample_ns AS time_ns
FROM line_samples s
JOIN process ON process.id = s.process_id
JOIN run_sampling USING (run_id, sampler, sample_hz)
JOIN function ON function.id = s.function_id
JOIN file ON file.id = s.file_id;

-- Calls, self and total time by process and function (in nanoseconds of user CPU time).
CREATE VIEW function_time AS
SELECT p.id AS process_id, p.run_id, file.path AS file, f.line, f.name AS function,
       coalesce((SELECT calls FROM calls c WHERE c.process_id = p.id AND c.function_id = f.id), 0) AS calls,
       coalesce((SELECT sum(samples) FROM line_samples s WHERE s.process_id = p.id AND s.function_id = f.id), 0)
           * coalesce(sample_ns, 0.0) AS self_ns,
       coalesce((SELECT samples FROM function_samples t WHERE t.process_id = p.id AND t.function_id = f.id), 0)
           * coalesce(sample_ns, 0.0) AS total_ns
FROM process p
JOIN run_sampling USING (run_id, sampler, sample_hz)
JOIN process_unit pu ON pu.process_id = p.id
JOIN function f ON f.unit_id = pu.unit_id
JOIN file ON file.id = f.file_id
WHERE f.reason IS NULL;

-- What a process ran that has no counts, and why: whole units and single functions.
CREATE VIEW not_instrumented AS
SELECT pm.process_id, unit.name AS unit, NULL AS function, NULL AS line, unit.reason
FROM process_module pm JOIN unit ON unit.module_id = pm.module_id
WHERE unit.reason IS NOT NULL
UNION ALL
SELECT pm.process_id, unit.name, function.name, function.line, function.reason
FROM process_module pm JOIN unit ON unit.module_id = pm.module_id JOIN function ON function.unit_id = unit.id
WHERE unit.reason IS NULL AND function.reason IS NOT NULL
UNION ALL
SELECT pm.process_id, module.path, stranger.name, NULL,
       CASE WHEN EXISTS (SELECT 1 FROM unit WHERE unit.module_id = module.id AND unit.reason IS NOT NULL)
            THEN 'in sources built as they are, or compiled without farmcc' ELSE 'compiled without farmcc' END
FROM process_module pm JOIN module ON module.id = pm.module_id JOIN stranger ON stranger.module_id = module.id;

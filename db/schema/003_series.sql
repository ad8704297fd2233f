-- What a process was over time, its threads, and what it said of itself (farm.h). Times of points are since the start
-- of the process, and so are CPU time and bytes read and written; rates are differences (the views below).

CREATE TABLE series (
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    time_ns     INTEGER NOT NULL,
    rss_kb      INTEGER NOT NULL,                       -- resident
    rss_peak_kb INTEGER NOT NULL,                       -- the most that was seen since the point before
    anon_kb     INTEGER NOT NULL,                       -- of rss_kb: not of files and not shared; what a leak fills
    vsz_kb      INTEGER NOT NULL,
    user_ns     INTEGER NOT NULL,
    sys_ns      INTEGER NOT NULL,
    read_bytes  INTEGER NOT NULL,                       -- from the disk
    write_bytes INTEGER NOT NULL,
    threads     INTEGER NOT NULL,
    steps       INTEGER NOT NULL,                       -- begun so far
    PRIMARY KEY (process_id, time_ns)
) STRICT, WITHOUT ROWID;

CREATE TABLE series_core (
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    time_ns     INTEGER NOT NULL,
    core        INTEGER NOT NULL,
    own_ns      INTEGER NOT NULL,                       -- the process's time there: a thread's, where it was seen
    busy_ns     INTEGER NOT NULL,                       -- everybody's, since the first point
    PRIMARY KEY (process_id, time_ns, core)
) STRICT, WITHOUT ROWID;

CREATE TABLE thread (                                   -- those that were seen; short ones may be missing
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    tid         INTEGER NOT NULL,
    name        TEXT NOT NULL,
    first_ns    INTEGER NOT NULL,                       -- seen
    last_ns     INTEGER NOT NULL,
    user_ns     INTEGER NOT NULL,
    sys_ns      INTEGER NOT NULL,
    wait_ns     INTEGER NOT NULL,                       -- ready to run, while others had the processors
    voluntary   INTEGER NOT NULL,                       -- context switches
    involuntary INTEGER NOT NULL,
    PRIMARY KEY (process_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE series_thread (                             -- of the first 16 threads
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    time_ns     INTEGER NOT NULL,
    number      INTEGER NOT NULL,                       -- of thread
    cpu_ns      INTEGER NOT NULL,
    PRIMARY KEY (process_id, time_ns, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE pmu (                                      -- counters of the processor, in user mode; only what it has
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    name        TEXT NOT NULL CHECK (name IN ('instructions', 'cycles', 'cache references', 'cache misses')),
    count       INTEGER NOT NULL,
    PRIMARY KEY (process_id, name)
) STRICT, WITHOUT ROWID;

-- Durations in nanoseconds. A region's and a metric's row is the sum over threads.
CREATE TABLE mark (
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('step', 'region', 'metric')),
    name        TEXT NOT NULL,
    count       INTEGER NOT NULL,                       -- marks of a step, calls of a region, values of a metric
    timed       INTEGER NOT NULL,                       -- whole steps; calls that both begin and end, outermost
    sum         REAL NOT NULL,                          -- of durations, or of values
    least       REAL NOT NULL,
    most        REAL NOT NULL,
    last        REAL NOT NULL,                          -- value of a metric
    p50         REAL,                                   -- of a step's durations, within 3 %
    p99         REAL,
    cpu_timed   INTEGER NOT NULL,                       -- a region's calls whose CPU time was taken ...
    cpu_wall    REAL NOT NULL,                          -- ... their wall time ...
    cpu_sum     REAL NOT NULL,                          -- ... and their CPU time
    in_steps    REAL NOT NULL,                          -- of a region's sum: inside of whole steps
    first_ns    INTEGER NOT NULL,                       -- marked, since the start of the process
    last_ns     INTEGER NOT NULL,
    PRIMARY KEY (process_id, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark_bin (                                 -- durations of steps and values of metrics by step
    process_id  INTEGER NOT NULL REFERENCES process ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('step', 'metric')),
    name        TEXT NOT NULL,
    first_step  INTEGER NOT NULL,                       -- from 0; of a metric without steps: its value's number
    steps       INTEGER NOT NULL,                       -- covered
    count       INTEGER NOT NULL,
    sum         REAL NOT NULL,
    least       REAL NOT NULL,
    most        REAL NOT NULL,
    PRIMARY KEY (process_id, kind, name, first_step)
) STRICT, WITHOUT ROWID;

-- Derived ------------------------------------------------------------------------------------------------------------

-- Points with what happened since the one before (the first: since the start).
CREATE VIEW series_rate AS
SELECT process_id, time_ns, rss_kb, rss_peak_kb, anon_kb, vsz_kb, threads, steps,
       time_ns - lag(time_ns, 1, 0) OVER w AS span_ns, user_ns - lag(user_ns, 1, 0) OVER w AS user_ns,
       sys_ns - lag(sys_ns, 1, 0) OVER w AS sys_ns, read_bytes - lag(read_bytes, 1, 0) OVER w AS read_bytes,
       write_bytes - lag(write_bytes, 1, 0) OVER w AS write_bytes
FROM series
WINDOW w AS (PARTITION BY process_id ORDER BY time_ns);

-- Threads with their waiting: wall time less CPU time, of which they were ready to run for ready_ns.
CREATE VIEW thread_time AS
SELECT process_id, number, tid, name, last_ns - first_ns AS wall_ns, user_ns, sys_ns,
       max(last_ns - first_ns - user_ns - sys_ns, 0) AS waiting_ns, wait_ns AS ready_ns, voluntary, involuntary
FROM thread;

-- Regions with their waiting. Where not every call's CPU time was taken, those that were stand for all.
CREATE VIEW region_time AS
SELECT m.process_id, m.name, m.count AS calls, m.sum AS wall_ns,
       m.sum * m.cpu_sum / nullif(m.cpu_wall, 0) AS cpu_ns,
       m.sum * (1 - m.cpu_sum / nullif(m.cpu_wall, 0)) AS waiting_ns, m.in_steps, m.timed, m.cpu_timed, m.least, m.most
FROM mark m
WHERE m.kind = 'region';

-- Experiments: what `farmdb record`, `sweep` and `study` planned, and which runs came of it.
CREATE TABLE experiment (
    id          INTEGER PRIMARY KEY,
    uuid        TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('record', 'sweep', 'study')),
    created_ns  INTEGER NOT NULL,                       -- realtime clock
    seed        INTEGER NOT NULL,                       -- of the order of runs and of the size of the environment
    cwd         TEXT NOT NULL,                          -- where its commands run
    plan        TEXT NOT NULL,                          -- settings that are needed to go on: JSON array of NAME=VALUE
    finished    INTEGER NOT NULL DEFAULT 0 CHECK (finished IN (0, 1))
) STRICT;

CREATE TABLE point (                                    -- a command whose runs are repeats of each other
    id          INTEGER PRIMARY KEY,
    experiment_id INTEGER NOT NULL REFERENCES experiment ON DELETE CASCADE,
    number      INTEGER NOT NULL,                       -- from 1, in the order in which they were given
    label       TEXT NOT NULL,                          -- of its runs
    argv        TEXT NOT NULL,                          -- JSON array
    skipped     TEXT NOT NULL DEFAULT '',               -- why no more runs of it are made; '': not so
    UNIQUE (experiment_id, number)
) STRICT;

CREATE TABLE point_param (
    point_id    INTEGER NOT NULL REFERENCES point ON DELETE CASCADE,
    name        TEXT NOT NULL,
    value       TEXT NOT NULL,
    PRIMARY KEY (point_id, name)
) STRICT;

CREATE TABLE point_run (                                -- runs that were made of a point
    run_id      INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
    point_id    INTEGER NOT NULL REFERENCES point ON DELETE CASCADE,
    repeat      INTEGER NOT NULL,                       -- from 0; each repeat is one pass over all points
    order_index INTEGER NOT NULL,                       -- place among all runs of the experiment, from 0
    beside      INTEGER NOT NULL,                       -- other runs of the experiment at the same time
    UNIQUE (point_id, repeat)
) STRICT;

CREATE TABLE recorded_metric (                          -- read from what the command printed
    run_id      INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    name        TEXT NOT NULL,
    value       REAL NOT NULL,
    PRIMARY KEY (run_id, name)
) STRICT, WITHOUT ROWID;

-- Parameters of a run: of the point that it is a repeat of, and FARM_PARAM_NAME of its processes.
CREATE VIEW run_param AS
SELECT point_run.run_id, point_param.name, point_param.value
FROM point_run JOIN point_param USING (point_id)
UNION
SELECT process.run_id, param.name, param.value
FROM param JOIN process ON process.id = param.process_id;

-- Allocations of processes that counted them, those of lines and others.
CREATE VIEW run_allocs AS
SELECT process.run_id, a.allocs, a.bytes
FROM heap JOIN process ON process.id = heap.process_id JOIN line_allocs a ON a.process_id = heap.process_id
UNION ALL
SELECT process.run_id, a.allocs, a.bytes
FROM heap JOIN process ON process.id = heap.process_id JOIN outside_allocs a ON a.process_id = heap.process_id
UNION ALL
SELECT process.run_id, 0, 0 FROM heap JOIN process ON process.id = heap.process_id;

-- The program's own figures, by run and name; the unit is the end of the name. Of a run that farmdb started they are
-- those of the whole command.
CREATE VIEW run_metric AS
WITH whole AS NOT MATERIALIZED (
    SELECT s.id AS run_id, s.wall_ns, coalesce(r.user_ns, s.user_ns) AS user_ns, coalesce(r.sys_ns, s.sys_ns) AS sys_ns,
           coalesce(r.max_rss_kb, s.max_rss_kb) AS max_rss_kb
    FROM run_summary s LEFT JOIN recorded r ON r.run_id = s.id
    WHERE s.ended IS NOT 'imported'                     -- nobody saw that run
)
SELECT run_id, 'wall_s' AS name, wall_ns / 1e9 AS value FROM whole
UNION ALL SELECT run_id, 'cpu_s', (user_ns + sys_ns) / 1e9 FROM whole
UNION ALL SELECT run_id, 'user_s', user_ns / 1e9 FROM whole
UNION ALL SELECT run_id, 'system_s', sys_ns / 1e9 FROM whole
UNION ALL SELECT run_id, 'max_rss_bytes', max_rss_kb * 1024.0 FROM whole
UNION ALL SELECT run_id, name, value FROM recorded_metric
UNION ALL SELECT process.run_id, mark.name, sum(mark.sum) / sum(mark.count)      -- FARM_METRIC: the mean
FROM mark JOIN process ON process.id = mark.process_id
WHERE mark.kind = 'metric' AND mark.count > 0
GROUP BY process.run_id, mark.name
UNION ALL SELECT run_id, 'allocs', sum(allocs) FROM run_allocs GROUP BY run_id
UNION ALL SELECT run_id, 'alloc_bytes', sum(bytes) FROM run_allocs GROUP BY run_id
UNION ALL SELECT process.run_id, 'peak_heap_bytes', max(heap.peak_bytes)
FROM heap JOIN process ON process.id = heap.process_id
GROUP BY process.run_id;

-- Runs of experiments with a parameter, as a number: what growth is judged by. Join run_metric, or the facts of the
-- run's processes. A run has a row for each of its point's parameters.
CREATE VIEW sweep_point AS
SELECT point.experiment_id, point.id AS point_id, point.number, point.label, point_run.run_id, point_run.repeat,
       point_param.name, CAST(point_param.value AS REAL) AS value, point_param.value AS text,
       recorded.ended, recorded.end_value, recorded.contaminated
FROM point
JOIN point_param ON point_param.point_id = point.id
JOIN point_run ON point_run.point_id = point.id
JOIN recorded ON recorded.run_id = point_run.run_id;

-- The run of a process. The first process that has a label gives it to the run.
INSERT INTO run (uuid, given, label, started_ns) VALUES (:uuid, :given, :label, :started)
ON CONFLICT (uuid) DO UPDATE SET started_ns = min(started_ns, excluded.started_ns),
    label = CASE WHEN label = '' THEN excluded.label ELSE label END
RETURNING id

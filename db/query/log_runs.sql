-- Runs of side 0 with what they were built from, one text for the same builds, and with what they were started. Newest
-- first.
SELECT s.run_id, run.label, run.started_ns,
       (SELECT group_concat(unit_id)
        FROM (SELECT DISTINCT unit_id FROM process p JOIN process_unit pu ON pu.process_id = p.id
              WHERE p.run_id = s.run_id ORDER BY unit_id)) AS build,
       (SELECT group_concat(name || '=' || value, ', ')
        FROM (SELECT DISTINCT name, value FROM run_param WHERE run_id = s.run_id ORDER BY name, value)) AS parameters,
       (SELECT group_concat(value, ' ') FROM run_summary, json_each(run_summary.argv)
        WHERE run_summary.id = s.run_id AND json_each.key > 0) AS arguments
FROM side_run s JOIN run ON run.id = s.run_id
WHERE side = 0
ORDER BY run.started_ns DESC, run.id DESC

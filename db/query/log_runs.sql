-- Runs of side 0 with what they were built from: one text for the same builds. Newest first.
SELECT s.run_id, run.label, run.started_ns,
       (SELECT group_concat(unit_id)
        FROM (SELECT DISTINCT unit_id FROM process p JOIN process_unit pu ON pu.process_id = p.id
              WHERE p.run_id = s.run_id ORDER BY unit_id)) AS build
FROM side_run s JOIN run ON run.id = s.run_id
WHERE side = 0
ORDER BY run.started_ns DESC, run.id DESC

-- Two runs that are one, by what process :process is to others: which goes into which.
SELECT child.id, parent.id
FROM (SELECT parent_run_id, child_run_id FROM kin WHERE child_id = :process
      UNION ALL SELECT parent_run_id, child_run_id FROM kin WHERE parent_id = :process)
JOIN run parent ON parent.id = parent_run_id
JOIN run child ON child.id = child_run_id AND NOT child.given AND child.id <> parent.id
LIMIT 1

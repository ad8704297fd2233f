-- Their processes.
INSERT INTO side_process (side, run_id, repeat, process_id, sample_ns, cut_short)
SELECT side, run_id, repeat, process_id, sample_ns, s.cut_short
FROM selected s JOIN process p ON p.id = s.process_id JOIN side_run USING (run_id)
WHERE side = :side

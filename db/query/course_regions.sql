-- Regions of the selected processes together, with the time of the whole steps of those processes.
SELECT r.name, sum(r.calls), sum(r.wall_ns), sum(r.cpu_ns), sum(r.waiting_ns), sum(r.in_steps),
       (SELECT sum(m.sum) FROM mark m JOIN selected USING (process_id)
        WHERE m.kind = 'step' AND m.name = (SELECT n.name FROM mark n WHERE n.process_id = m.process_id
                                            AND n.kind = 'step' ORDER BY n.first_ns LIMIT 1)),
       sum(r.timed), sum(r.cpu_timed), max(r.most)
FROM selected s JOIN region_time r ON r.process_id = s.process_id
GROUP BY r.name
ORDER BY 3 DESC, r.name

-- Points of an experiment with the medians of their runs that ended in time.
WITH ended AS (
    SELECT point_run.point_id, r.wall_ns, r.user_ns + r.sys_ns AS cpu_ns, r.max_rss_kb,
           row_number() OVER (PARTITION BY point_id ORDER BY r.wall_ns) AS by_wall,
           row_number() OVER (PARTITION BY point_id ORDER BY r.user_ns + r.sys_ns) AS by_cpu,
           row_number() OVER (PARTITION BY point_id ORDER BY r.max_rss_kb) AS by_rss,
           count(*) OVER (PARTITION BY point_id) AS runs
    FROM point JOIN point_run ON point_run.point_id = point.id JOIN recorded r ON r.run_id = point_run.run_id
    WHERE point.experiment_id = :id AND r.ended <> 'timeout'
), medians AS (
    SELECT point_id, min(wall_ns) AS least, max(wall_ns) AS most,
           avg(CASE WHEN by_wall IN ((runs + 1) / 2, runs / 2 + 1) THEN wall_ns END) AS wall,
           avg(CASE WHEN by_cpu IN ((runs + 1) / 2, runs / 2 + 1) THEN cpu_ns END) AS cpu,
           avg(CASE WHEN by_rss IN ((runs + 1) / 2, runs / 2 + 1) THEN max_rss_kb END) AS rss
    FROM ended
    GROUP BY point_id
), counted AS (
    SELECT point_id, count(*) AS runs, sum(r.contaminated <> '') AS contaminated
    FROM point_run JOIN recorded r USING (run_id)
    GROUP BY point_id
)
SELECT number, label,
       coalesce((SELECT group_concat(name || '=' || value, ', ')
                 FROM (SELECT name, value FROM point_param WHERE point_id = point.id ORDER BY rowid)), ''),
       coalesce(counted.runs, 0), wall, least, most, cpu, rss, coalesce(contaminated, 0), skipped, argv
FROM point
LEFT JOIN medians ON medians.point_id = point.id
LEFT JOIN counted ON counted.point_id = point.id
WHERE experiment_id = :id
ORDER BY number

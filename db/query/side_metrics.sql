-- Figures of the whole program, by run of a side. Allocations are those of processes that counted them.
WITH counted AS (
    SELECT run_id, repeat, process_id FROM side_process JOIN heap USING (process_id) WHERE side = :side
), allocated AS (
    SELECT process_id, allocs, bytes FROM line_allocs UNION ALL SELECT process_id, allocs, bytes FROM outside_allocs
), heap_metric AS (
    SELECT 'allocs' AS name, repeat, sum(coalesce(allocs, 0)) AS value
    FROM counted LEFT JOIN allocated USING (process_id) GROUP BY repeat
    UNION ALL
    SELECT 'alloc_bytes', repeat, sum(coalesce(bytes, 0))
    FROM counted LEFT JOIN allocated USING (process_id) GROUP BY repeat
    UNION ALL
    SELECT 'peak_heap_bytes', repeat, max(peak_bytes) FROM counted JOIN heap USING (process_id) GROUP BY repeat
)
SELECT name, repeat - 1 AS run, value FROM side_run JOIN run_metric USING (run_id) WHERE side = :side
UNION ALL
SELECT name, repeat - 1, value FROM heap_metric
ORDER BY name, run

-- Steps that the selected processes marked: how many, and how long one took; of several kinds the most frequent.
SELECT sum(mark.count), max(mark.p50) / 1e9, max(mark.p99) / 1e9
FROM selected
JOIN mark USING (process_id)
WHERE mark.kind = 'step'
GROUP BY mark.name
ORDER BY sum(mark.count) DESC
LIMIT 1

-- How time was measured; one row where all processes agree.
SELECT p.sampler, p.sampler_note, p.sample_hz, sum(p.samples), sum(p.samples_lost)
FROM selected s JOIN process p ON p.id = s.process_id
GROUP BY 1, 2, 3
ORDER BY 4 DESC
LIMIT 3

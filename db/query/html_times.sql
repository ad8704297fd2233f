-- Time of lines of the selected processes: samples, nanoseconds, and of these, in what is not instrumented.
SELECT file_id, line, sum(samples), sum(samples * sample_ns), sum(iif(below = '', 0, samples * sample_ns))
FROM line_samples JOIN selected USING (process_id)
GROUP BY file_id, line
ORDER BY file_id, line

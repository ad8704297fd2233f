-- What the selected processes could run that has no counts, and why: whole files and single functions.
SELECT DISTINCT unit, function, line, reason
FROM not_instrumented JOIN selected USING (process_id)
ORDER BY function IS NOT NULL, unit, line, function

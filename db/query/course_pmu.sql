SELECT name, sum(count) FROM selected JOIN pmu USING (process_id)
GROUP BY name
ORDER BY name = 'instructions' DESC, name

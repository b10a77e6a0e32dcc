SELECT environment, kept_from, ordered, change, finished FROM expiry ORDER BY environment;

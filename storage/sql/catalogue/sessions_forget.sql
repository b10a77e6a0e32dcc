DELETE FROM session WHERE opened <= ?1 OR seen <= ?2;

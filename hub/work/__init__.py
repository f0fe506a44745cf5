"""The page on which people work: alerts, tasks, referrals and cases, asked and changed by GraphQL alone."""

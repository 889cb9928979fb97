DROP TABLE recruitment_leads;
DROP TABLE enterprise_links;

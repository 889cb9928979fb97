DROP TABLE support_plan_departments;
DROP TABLE support_plan_revisions;
DROP TABLE support_plans;
DROP TABLE department_members;
DROP TABLE departments;

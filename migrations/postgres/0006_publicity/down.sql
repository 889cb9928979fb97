DROP TABLE objections;
DROP TABLE notice_subjects;
DROP TABLE notices;

delete from issue;

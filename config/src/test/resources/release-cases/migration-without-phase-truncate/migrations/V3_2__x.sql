TRUNCATE issue;

-- tranche: requires=shared@2
SELECT 1;

export const testDataJobs: [] = [];

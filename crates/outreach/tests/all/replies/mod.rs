mod effects;
mod matching;
mod reports;
mod review;

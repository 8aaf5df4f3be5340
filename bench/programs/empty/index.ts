// A program that makes nothing: what it costs to start one at all.
export {};

//! Examples of zhenggong: each file beside this one is a program of its own.

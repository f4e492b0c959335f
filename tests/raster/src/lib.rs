//! A small CPU renderer for tests.

/** The process, the table of all commands and their help. Each noun has a package; what they share lies below them. */
package dev.koine.cli;

/** {@code koine doctor}: everything around a request, looked at. */
package dev.koine.cli.doctor;

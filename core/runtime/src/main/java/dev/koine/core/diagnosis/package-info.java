/**
 * Tests of an endpoint, stage by stage: what was seen, which setting is at fault, and the command that mends it. A remedy is
 * tried on the endpoint before it is named.
 */
package dev.koine.core.diagnosis;

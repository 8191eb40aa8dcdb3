package com.example.eliza;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DoctorTest {

    @Test
    void whatIsSaidIsAskedBack() {
        assertEquals("How do you do. Please state your problem.", Doctor.answer("Hello, doctor"));
        assertEquals("How long have you been unhappy with your work?", Doctor.answer("I am unhappy with my work."));
        assertEquals("What would it mean to you if you got some help?", Doctor.answer("Well, I need some help!"));
        assertEquals("Tell me more about your mother.", Doctor.answer("it was my mother who said so"));
    }

    @Test
    void whatIsNotUnderstoodIsEncouraged() {
        assertEquals("Please go on.", Doctor.answer("The sky is blue"));
        assertEquals("You say nothing.", Doctor.answer("  "));
    }
}

using EnterpriseHub.AiOrchestrator.Guardrails;
using FsCheck;
using FsCheck.Fluent;

namespace EnterpriseHub.AiOrchestrator.Tests;

public sealed class TextTests
{
    [Fact]
    public void Any_text_fits_and_no_letter_is_broken() => Prop.ForAll<NonNull<string>, PositiveInt>((text, more) =>
    {
        var fitted = SmsText.Fit(string.Concat(Enumerable.Repeat(text.Get + ". 🏠", 1 + (more.Get % 80))), SmsText.Sms);
        return fitted.Length <= SmsText.Sms
            && Enumerable.Range(0, fitted.Length).All(at => !char.IsHighSurrogate(fitted[at]) || (at + 1 < fitted.Length && char.IsLowSurrogate(fitted[at + 1])));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_text_that_fits_is_left_alone_but_for_spaces() => Prop.ForAll<NonNull<string>>(text =>
        text.Get.Length > SmsText.Sms || SmsText.Fit(text.Get, SmsText.Sms) == SmsText.Clean(text.Get)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_long_text_ends_at_a_sentence_and_keeps_its_question()
    {
        var text = string.Concat(Enumerable.Repeat("We sold three homes on your street. ", 15)) + "What price would make you feel good?";
        var fitted = SmsText.Fit(text, SmsText.Sms);
        Assert.InRange(fitted.Length, 250, SmsText.Sms);
        Assert.EndsWith("street. What price would make you feel good?", fitted, StringComparison.Ordinal);
        Assert.EndsWith("street.", SmsText.Fit(string.Concat(Enumerable.Repeat("We sold three homes on your street. ", 15)), SmsText.Sms), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("¿Cuál es la dirección? Está en $650,000, ¡qué bien!")]
    [InlineData("I'd move in by June.\n1. Monday\n2. Tuesday")]
    [InlineData("It costs $650.000 on St. Paul Ave. 5")]
    public void Marks_accents_lines_and_signs_stay(string text) => Assert.Equal(text, SmsText.Fit(text, SmsText.Sms));

    [Theory]
    [InlineData("Sure. Why sell? And when? Fine.", "Sure. Why sell? Fine.")]
    [InlineData("Why?? Really.", "Really.")]
    [InlineData("No question here.", "No question here.")]
    public void Later_questions_are_dropped(string reply, string expected) => Assert.Equal(expected, ReplyRules.OneQuestion(reply));

    [Theory]
    [InlineData("You said $650k, good.", null, "about 650,000")]
    [InlineData("Around $680,000 then.", null, "around 680")]
    [InlineData("Around $680,000 then.", "unknown_amount", "3 bedrooms")]
    [InlineData("Homes go for 1.2 million.", "unknown_amount", "I have 2 kids")]
    [InlineData("Homes go for 1.2 million.", null, "Median price is $1,200,000.")]
    [InlineData("Son 650 mil dólares.", null, "$650.000")]
    [InlineData("Is 30 to 45 days fine?", null, "")]
    [InlineData("In 2025 you moved to 12 Oak Street 91730", null, "")]
    [InlineData("Call me at (909) 555-0100.", "phone_in_reply", "")]
    [InlineData("I have (909) 555-0100, right?", null, "my number is 909 555 0100")]
    [InlineData("See zillow.com for more", "link_in_reply", "")]
    [InlineData("mail me at a@b.org", "link_in_reply", "")]
    public void Figures_and_addresses_need_grounds(string reply, string? problem, string grounds) =>
        Assert.Equal(problem, ReplyRules.Broken(reply, [grounds]));
}

using System.Globalization;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.OptOut;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook.OptOut;

/// <summary>How the rules fare on some labelled texts.</summary>
internal sealed record OptOutFigures(int Texts, int Requests, int Found, int False)
{
    public double Recall => Requests == 0 ? 1 : (double)Found / Requests;

    public double Precision => Found + False == 0 ? 1 : (double)Found / (Found + False);

    public static OptOutFigures Of(IEnumerable<LabelledText> texts)
    {
        var judged = texts.Select(text => (text.IsRequest, Says: OptOutWords.IsOptOut(text.Text))).ToList();
        return new(judged.Count, judged.Count(one => one.IsRequest), judged.Count(one => one is (true, true)), judged.Count(one => one is (false, true)));
    }

    /// <summary>The table of <c>docs/opt-out.md</c>.</summary>
    public static string Table() => string.Join('\n',
    [
        "| part | texts of | count | requests | found | recall | false stops | precision |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        .. LabelledText.All.GroupBy(text => text.Part).SelectMany(Rows),
    ]);

    private static IEnumerable<string> Rows(IGrouping<string, LabelledText> part) =>
    [
        .. part.GroupBy(text => text.Language).Select(language => Row(part.Key, language.Key, Of(language))),
        Row(part.Key, "all", Of(part)),
        Row(part.Key, "legal words as a request", Of(part.Where(text => text.Kind is "legal-word"))),
    ];

    private static string Row(string part, string language, OptOutFigures it) => string.Create(CultureInfo.InvariantCulture,
        $"| {part} | {language} | {it.Texts} | {it.Requests} | {it.Found} | {it.Recall:0.000} | {it.False} | {it.Precision:0.000} |");
}

using System.Net;
using System.Text;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

/// <summary>HTML of a mail to plain text: one pass, no dependency, never fails. Scripts, styles, comments and quoted blocks go.</summary>
internal static class EmailHtml
{
    private static readonly string[] Silent = ["script", "style", "head", "title", "template", "blockquote"];
    private static readonly string[] Breaking = ["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr"];

    public static string ToPlain(string html)
    {
        var text = new StringBuilder(html.Length);
        var at = 0;
        while (at < html.Length)
        {
            var open = NextTag(html, at);
            text.Append(html, at, open - at);
            if (open == html.Length)
            {
                break;
            }
            at = Pass(html, open, text);
        }
        return Tidy(WebUtility.HtmlDecode(text.ToString()));
    }

    /// <summary>Start of the next tag or comment; a lone <c>&lt;</c> as in "price &lt; 500" is text.</summary>
    private static int NextTag(string html, int from)
    {
        for (var at = html.IndexOf('<', from); at >= 0; at = html.IndexOf('<', at + 1))
        {
            if (at + 1 < html.Length && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!' or '?'))
            {
                return html.IndexOf('>', at) > 0 ? at : html.Length;
            }
        }
        return html.Length;
    }

    /// <returns>Where the text goes on.</returns>
    private static int Pass(string html, int open, StringBuilder text)
    {
        if (html.AsSpan(open).StartsWith("<!--", StringComparison.Ordinal))
        {
            var end = html.IndexOf("-->", open + 4, StringComparison.Ordinal);
            return end < 0 ? html.Length : end + 3;
        }
        var close = html.IndexOf('>', open);
        var tag = html.AsSpan(open + 1, close - open - 1);
        var name = NameOf(tag);
        if (tag[0] != '/' && tag.Contains("gmail_quote", StringComparison.Ordinal))
        {
            return html.Length;
        }
        if (tag[0] != '/' && Contains(Silent, name))
        {
            var end = html.IndexOf($"</{name}", close, StringComparison.OrdinalIgnoreCase);
            var after = end < 0 ? -1 : html.IndexOf('>', end);
            return after < 0 ? html.Length : after + 1;
        }
        text.Append(Contains(Breaking, name) ? "\n" : string.Empty);
        return close + 1;
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> tag)
    {
        tag = tag.TrimStart('/');
        var end = tag.IndexOfAnyExcept(System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"));
        return end < 0 ? tag : tag[..end];
    }

    private static bool Contains(string[] names, ReadOnlySpan<char> name)
    {
        foreach (var candidate in names)
        {
            if (name.Equals(candidate, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }

    private static string Tidy(string text)
    {
        var lines = text.Replace('\u00a0', ' ').ReplaceLineEndings("\n").Split('\n')
            .Select(line => string.Join(' ', line.Split(' ', '\t').Where(word => word.Length > 0)));
        var kept = new StringBuilder();
        var blank = true;
        foreach (var line in lines)
        {
            if (line.Length > 0 || !blank)
            {
                kept.Append(line).Append('\n');
            }
            blank = line.Length == 0;
        }
        return kept.ToString().Trim();
    }
}

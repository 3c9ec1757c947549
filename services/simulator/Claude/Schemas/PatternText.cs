using System.Text;
using System.Text.RegularExpressions;

namespace EnterpriseHub.Simulator.Claude.Schemas;

/// <summary>Makes a short text that fits a simple regular expression: literals, classes, groups, alternatives, quantifiers.</summary>
internal sealed class PatternText
{
    private readonly string pattern;
    private int at;

    private PatternText(string pattern) => this.pattern = pattern;

    public static string Make(Regex regex)
    {
        var made = new PatternText(regex.ToString()).Alternatives();
        return regex.IsMatch(made) ? made : throw new SchemaException("'pattern' is too complex.");
    }

    private string Alternatives()
    {
        var first = Sequence();
        while (at < pattern.Length && pattern[at] == '|')
        {
            at++;
            Sequence();
        }
        return first;
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (at < pattern.Length && pattern[at] is not ('|' or ')'))
        {
            var atom = Atom();
            text.Insert(text.Length, atom, Least());
        }
        return text.ToString();
    }

    private string Atom()
    {
        var sign = pattern[at++];
        switch (sign)
        {
            case '^' or '$':
                return "";
            case '.':
                return "a";
            case '\\':
                return Escape(pattern[at++]).ToString();
            case '[':
                return Class().ToString();
            case '(':
                var inner = Alternatives();
                at++;
                return inner;
            default:
                return sign.ToString();
        }
    }

    private static char Escape(char sign) => sign switch { 'd' => '1', 'w' => 'a', 's' => ' ', 'D' or 'S' => 'a', 'W' => '-', 'n' => '\n', 't' => '\t', _ => sign };

    private char Class()
    {
        var start = at;
        var negated = pattern[at] == '^';
        var first = pattern[negated ? ++at : at] == '\\' ? Escape(pattern[at + 1]) : pattern[at];
        while (pattern[at] != ']' || at == start)
        {
            at += pattern[at] == '\\' ? 2 : 1;
        }
        at++;
        var source = pattern[(start - 1)..at];
        return negated ? "aA0- _~".First(sign => Regex.IsMatch(sign.ToString(), source)) : first;
    }

    private int Least()
    {
        if (at >= pattern.Length)
        {
            return 1;
        }
        switch (pattern[at])
        {
            case '*' or '?':
                at++;
                return 0;
            case '+':
                at++;
                return 1;
            case '{':
                var end = pattern.IndexOf('}', at);
                var least = pattern[(at + 1)..end].Split(',')[0];
                at = end + 1;
                return int.Parse(least, System.Globalization.CultureInfo.InvariantCulture);
            default:
                return 1;
        }
    }
}

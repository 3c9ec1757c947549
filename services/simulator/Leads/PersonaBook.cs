using System.Globalization;

namespace EnterpriseHub.Simulator.Leads;

/// <summary>Draws personas.</summary>
internal static class PersonaBook
{
    private static readonly string[] Openings =
    [
        "Hi, I'm thinking about selling my house. What could I get for it?", "Saw your sign. I want to sell my home this year.",
        "Do you make cash offers? I need to sell a house.", "Hello, we inherited a house and want to sell it.",
    ];

    private static readonly string[] BuyerOpenings =
    [
        "Hi! We're looking for a house to buy.", "Hello, I'm looking for a condo near Upland.", "Hey, is the 3 bedroom on Haven still available?",
        "We want to buy our first home, where do we start?",
    ];

    private static readonly string[] Motivations =
        ["Because of a new job in another state.", "We're downsizing now that the kids moved out.", "I inherited it and live far away.", "Going through a divorce, so we need to move on."];

    private static readonly string[] Cities = ["Austin", "Phoenix", "Boise", "San Diego", "Denver"];
    private static readonly string[] Areas = ["Rancho Cucamonga", "Upland", "Fontana", "Claremont", "Ontario"];
    private static readonly string[] Conditions = ["It's move-in ready.", "It needs some work, mostly the kitchen.", "Good condition, the roof is new.", "Needs a new roof and updates."];
    private static readonly string[] Timelines = ["Yes, 30 to 45 days works.", "About 60 days would be better.", "As soon as possible.", "In 3 months, after school ends."];
    private static readonly string[] Streets = ["Haven Ave", "Foothill Blvd", "Archibald Ave", "Carnelian St"];
    private static readonly string[] Financings = ["We're pre-approved already.", "Paying cash.", "Not yet, we need a lender.", "Yes, pre-approved for an FHA loan."];

    public static Persona Draw(Random random, double spanishShare)
    {
        var spanish = random.NextDouble() < spanishShare;
        var seller = random.NextDouble() < 0.6;
        var thousands = 10 * random.Next(38, 96);
        var persona = spanish ? Spanish(random, seller, thousands) : English(random, seller, thousands);
        return random.NextDouble() switch
        {
            < 0.04 => persona with { Twist = "STOP", TwistEnds = true },
            < 0.10 => persona with { Twist = spanish ? "Prefiero hablar con una persona real." : "Can I talk to a real person please?", TwistEnds = true },
            < 0.16 => persona with { Twist = spanish ? "Perdón, ¿vieron el partido de anoche?" : "lol did you see the game last night?" },
            _ => persona,
        };
    }

    private static Persona English(Random random, bool seller, int thousands) => new()
    {
        Spanish = false,
        Opening = Pick(random, seller ? Openings : BuyerOpenings),
        Answers = new Dictionary<string, string>
        {
            ["intent"] = seller ? "I want to sell." : "Looking to buy.",
            ["motivation"] = seller ? $"{Pick(random, Motivations)} We're moving to {Pick(random, Cities)}." : "We're relocating for work and need more space.",
            ["destination"] = $"We're moving to {Pick(random, Cities)}.",
            ["timeline"] = Pick(random, Timelines),
            ["condition"] = Pick(random, Conditions),
            ["price"] = seller ? Number($"I'd want around ${thousands}k.") : Number($"Up to ${thousands}k."),
            ["address"] = Number($"It's {random.Next(100, 9999)} {Pick(random, Streets)}."),
            ["budget"] = Number($"Between ${thousands - 50}k and ${thousands}k."),
            ["area"] = $"We like it in {Pick(random, Areas)}.",
            ["bedrooms"] = Number($"{random.Next(2, 5)} bedrooms and 2 baths."),
            ["financing"] = Pick(random, Financings),
            ["property_type"] = "A single family house.",
            ["call"] = "Sure, tomorrow afternoon works for a call.",
        },
    };

    private static Persona Spanish(Random random, bool seller, int thousands) => new()
    {
        Spanish = true,
        Opening = seller ? "Hola, quiero vender mi casa. ¿Me pueden ayudar?" : "Hola, busco una casa para comprar.",
        Answers = new Dictionary<string, string>
        {
            ["intent"] = seller ? "Quiero vender." : "Quiero comprar.",
            ["motivation"] = "Porque nos mudamos por un nuevo trabajo.",
            ["destination"] = $"Nos mudamos a {Pick(random, Cities)}.",
            ["timeline"] = "Sí, en 45 días está bien.",
            ["condition"] = "Está en buen estado, necesita pintura.",
            ["price"] = Number($"Unos ${thousands} mil."),
            ["address"] = Number($"Es {random.Next(100, 9999)} {Pick(random, Streets)}."),
            ["budget"] = Number($"Hasta ${thousands} mil."),
            ["area"] = $"Nos gusta cerca de {Pick(random, Areas)}.",
            ["bedrooms"] = Number($"{random.Next(2, 5)} recámaras y 2 baños."),
            ["financing"] = random.Next(2) == 0 ? "Pago en efectivo." : "Ya tengo preaprobación.",
            ["property_type"] = "Una casa.",
            ["call"] = "Claro, mañana por la tarde.",
        },
    };

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

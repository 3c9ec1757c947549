using System.Globalization;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl.State;

/// <summary>Invented contacts; the same id is always the same person. Phone numbers are from the range kept for fiction.</summary>
internal static class MadeUpPeople
{
    private static readonly string[] FirstNames =
    [
        "Maria", "James", "Linda", "Carlos", "Sarah", "David", "Ana", "Michael", "Jennifer", "Jose", "Karen", "Luis", "Emily", "Robert",
        "Sofia", "Daniel", "Grace", "Miguel", "Nancy", "Kevin",
    ];

    private static readonly string[] AreaCodes = ["206", "310", "415", "512", "602", "702", "720", "813", "909", "951"];

    public static SimContact Make(string id, string locationId, string conversationId, DateTimeOffset now)
    {
        var hash = SimIds.Stable(id);
        var contact = new SimContact { Id = id, LocationId = locationId, ConversationId = conversationId, DateAdded = now, DateUpdated = now };
        contact.Fields["firstName"] = FirstNames[hash % FirstNames.Length];
        contact.Fields["phone"] = string.Create(CultureInfo.InvariantCulture, $"+1{AreaCodes[hash / 64 % AreaCodes.Length]}55501{hash / 1024 % 100:00}");
        return contact;
    }

    /// <summary>The location's own number.</summary>
    public static string OfficePhone(string locationId) =>
        string.Create(CultureInfo.InvariantCulture, $"+1{AreaCodes[SimIds.Stable(locationId) % AreaCodes.Length]}5550199");
}

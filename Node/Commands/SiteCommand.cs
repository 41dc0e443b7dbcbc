using System.CommandLine;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Site.Subjects;

namespace EnergyChain.Node.Commands;

/// <summary><c>site forget</c> and <c>site export</c>: a subject's rights over the readings at a site.</summary>
internal static class SiteCommand
{
    public static Command Create() => new("site", "The personal data that a site keeps off the chain.")
    {
        SiteForgetCommand.Create(), SiteExportCommand.Create(),
    };

    internal static Option<string?> SubjectOption() => new("--subject")
    {
        Description = "Whose readings; without it those of site.subject of the config",
    };

    /// <summary>The subject that is meant: one of whom the site holds something.</summary>
    internal static SubjectHolding Find(OfflineNode node, string? subject, SubjectErasure erasure)
    {
        string text = subject ?? node.Options.Site?.Subject ?? throw OperatorException.ForOption(
            "--subject", "absent", "a subject: the config has no site");
        if (!SubjectId.TryParse(text, out SubjectId wanted))
        {
            throw OperatorException.ForOption("--subject", text, SubjectId.Allowed);
        }

        SubjectHolding holding = erasure.Look(wanted, OwnsPlain(node, wanted));
        if (holding.IsNothing)
        {
            string known = string.Join(", ", erasure.Subjects);
            throw OperatorException.ForOption(
                subject is null ? "site.subject" : "--subject",
                text,
                known.Length > 0
                    ? $"a subject of whom there are readings here: {known}"
                    : "nobody: there are no readings");
        }

        return holding;
    }

    /// <summary>Plain readings of an earlier version, which named no subject, are those of the config's.</summary>
    internal static bool OwnsPlain(OfflineNode node, SubjectId subject) =>
        node.Options.Site is { } site && site.Subject == subject.ToString();
}

using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Site.Subjects;

/// <summary>
/// Forgets a subject: its key is destroyed, and with it whatever is sealed under it, wherever copies of the files lie;
/// then the files go too. Called again it ends what a crash cut short.
/// </summary>
internal sealed class SubjectErasure(DataDirectory directory)
{
    private readonly ReadingsFolder _folder = new(directory);
    private readonly SubjectKeys _keys = new(directory.Disk, directory.Subjects);

    /// <summary>Everyone of whom there is a key or a file, in ordinal order.</summary>
    public IReadOnlyList<SubjectId> Subjects =>
    [
        .. _keys.Subjects.Concat(_folder.Sealed.Select(static name => name.Subject))
            .Distinct()
            .OrderBy(static subject => subject.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>What there is of a subject.</summary>
    /// <param name="subject">Whom.</param>
    /// <param name="ownsPlain">Whether plain readings of an earlier version are about this subject.</param>
    public SubjectHolding Look(SubjectId subject, bool ownsPlain)
    {
        string[] files = [.. PlainOf(ownsPlain), .. SealedOf(subject)];
        long bytes = 0;
        foreach (string name in files)
        {
            using IDiskFile file = directory.Disk.Open(_folder.PathOf(name));
            bytes += file.Length;
        }

        return new SubjectHolding(subject, _keys.Exists(subject), files, bytes);
    }

    /// <summary>Destroys all that <see cref="Look"/> finds.</summary>
    public void Run(SubjectId subject, bool ownsPlain)
    {
        // Plain readings go before the key: a node that starts after a crash would seal them under a new one.
        foreach (string name in PlainOf(ownsPlain).ToArray())
        {
            _folder.Destroy(name);
        }

        _keys.Destroy(subject);
        foreach (string name in SealedOf(subject).ToArray())
        {
            _folder.Destroy(name);
        }
    }

    private IEnumerable<string> PlainOf(bool ownsPlain) => ownsPlain ? new PlainReadings(_folder).Names : [];

    private IEnumerable<string> SealedOf(SubjectId subject) =>
        _folder.Names.Where(name => name.StartsWith(subject + ".", StringComparison.Ordinal));
}

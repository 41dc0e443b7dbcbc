namespace EnergyChain.Consensus.Tests.Twins;

/// <summary>
/// Every scenario of the twins method (Bano and others, "Twins: BFT Systems Made Robust", OPODIS 2021) for four
/// members: each choice of leader and partition for each round. Some members are twins: two processes with one key,
/// each of which follows the protocol; together they do what a Byzantine member can. Processes 0 to 3 are the members,
/// process 4 + i is the twin of member i. Of scenarios that are the same but for the names of honest members or of
/// the two of a pair only one is given.
/// </summary>
internal sealed class TwinsScenarios
{
    public const int Members = 4;

    private readonly TwinsRound[] _rounds;
    private readonly int[][] _symmetries;

    /// <param name="pairs">How many members are twins.</param>
    /// <param name="groups">Into how many groups a partition cuts the processes at most.</param>
    public TwinsScenarios(int pairs, int groups)
    {
        Pairs = pairs;
        int processes = Members + pairs;
        int[][] partitions = [.. Partitions(processes, groups)];
        _rounds =
        [
            .. Enumerable.Range(0, Members).SelectMany(leader =>
                partitions.Select(partition => new TwinsRound(leader, partition))),
        ];
        Dictionary<string, int> indexes = _rounds
            .Select((round, index) => (Key: round.ToString(), index))
            .ToDictionary(pair => pair.Key, pair => pair.index);
        _symmetries =
        [
            .. Renamings(pairs).Select(renaming =>
                _rounds.Select(round => indexes[Rename(round, renaming).ToString()]).ToArray()),
        ];
    }

    public int Pairs { get; }

    /// <summary>Choices for one round.</summary>
    public int Choices => _rounds.Length;

    /// <summary>All scenarios of so many rounds, in a fixed order.</summary>
    public IEnumerable<TwinsRound[]> OfRounds(int rounds)
    {
        int[] choice = new int[rounds];
        do
        {
            if (_symmetries.All(symmetry => IsFirst(choice, symmetry)))
            {
                yield return [.. choice.Select(index => _rounds[index])];
            }
        }
        while (TryAdvance(choice));
    }

    /// <summary>For each renaming how many choices it leaves as they are, to count the classes by.</summary>
    public IReadOnlyList<int> CountFixed() =>
        [.. _symmetries.Select(symmetry => symmetry.Where((image, index) => image == index).Count())];

    private bool TryAdvance(int[] choice)
    {
        for (int i = choice.Length - 1; i >= 0; i--)
        {
            if (++choice[i] < _rounds.Length)
            {
                return true;
            }

            choice[i] = 0;
        }

        return false;
    }

    // Of a scenario and its images under the symmetries the one of the lowest numbers stands for all.
    private static bool IsFirst(int[] choice, int[] symmetry)
    {
        foreach (int index in choice)
        {
            if (symmetry[index] != index)
            {
                return index < symmetry[index];
            }
        }

        return true;
    }

    // Restricted growth strings: the first process is in group 0, each next one in a group begun or the next new one.
    private static IEnumerable<int[]> Partitions(int processes, int groups)
    {
        IEnumerable<int[]> partitions = [[0]];
        for (int process = 1; process < processes; process++)
        {
            partitions = partitions.SelectMany(partition =>
                Enumerable.Range(0, Math.Min(groups, partition.Max() + 2))
                    .Select(group => (int[])[.. partition, group]));
        }

        return partitions;
    }

    // Every renaming of processes under which twins stay twins and honest members honest.
    private static IEnumerable<int[]> Renamings(int pairs)
    {
        foreach (int[] honest in Orders([.. Enumerable.Range(pairs, Members - pairs)]))
        {
            foreach (int[] twins in Orders([.. Enumerable.Range(0, pairs)]))
            {
                for (int swapped = 0; swapped < 1 << pairs; swapped++)
                {
                    int mask = swapped;
                    int[] first = [.. twins.Select((twin, i) => (mask >> i & 1) == 0 ? twin : Members + twin)];
                    int[] second = [.. twins.Select((twin, i) => (mask >> i & 1) == 0 ? Members + twin : twin)];
                    yield return [.. first, .. honest, .. second];
                }
            }
        }
    }

    private static IEnumerable<int[]> Orders(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(item => Orders([.. items.Where(other => other != item)])
            .Select(rest => (int[])[item, .. rest]));

    private static TwinsRound Rename(TwinsRound round, int[] renaming)
    {
        int[] groups = new int[renaming.Length];
        for (int process = 0; process < renaming.Length; process++)
        {
            groups[renaming[process]] = round.Groups[process];
        }

        int[] names = [.. groups.Distinct()]; // numbered again by first appearance
        return new TwinsRound(
            renaming[round.Leader] % Members, [.. groups.Select(group => Array.IndexOf(names, group))]);
    }
}

namespace EnergyChain.Ledger.Tree;

/// <summary>
/// Numbered nodes in pages: no object per node, no copy of everything when it grows, and a reference to a node stays
/// good while others are allocated. Freed numbers are used again. Numbers start at 0.
/// </summary>
internal sealed class NodePool<T>
    where T : struct
{
    private const int PageBits = 12;
    private const int PageSize = 1 << PageBits;

    private readonly Stack<int> _free = new();
    private T[][] _pages = new T[4][];
    private int _used;

    /// <summary>Nodes in use.</summary>
    public int Count => _used - _free.Count;

    public ref T this[int index] => ref _pages[index >> PageBits][index & (PageSize - 1)];

    public int Allocate()
    {
        if (_free.TryPop(out int freed))
        {
            return freed;
        }

        int page = _used >> PageBits;
        if (page == _pages.Length)
        {
            Array.Resize(ref _pages, _pages.Length * 2);
        }

        _pages[page] ??= new T[PageSize];
        return _used++;
    }

    public void Free(int index) => _free.Push(index);
}

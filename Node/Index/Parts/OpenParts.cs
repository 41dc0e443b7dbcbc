namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// Keeps the number of open files bounded: each holds its directories and LiteDB's pages in memory. The one that was
/// read longest ago is closed.
/// </summary>
internal sealed class OpenParts(int limit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<FilePart> _byUse = [];
    private readonly Dictionary<FilePart, LinkedListNode<FilePart>> _nodes = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _nodes.Count;
            }
        }
    }

    /// <summary>Notes that a part is read, and closes the oldest that nobody reads where too many are open.</summary>
    public void Used(FilePart part)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(part, out LinkedListNode<FilePart>? known))
            {
                _byUse.Remove(known);
                _byUse.AddLast(known);
                return;
            }

            _nodes.Add(part, _byUse.AddLast(part));
            LinkedListNode<FilePart>? oldest = _byUse.First;
            while (_nodes.Count > limit && oldest is not null)
            {
                LinkedListNode<FilePart>? next = oldest.Next;
                if (oldest.Value.TryClose())
                {
                    _nodes.Remove(oldest.Value);
                    _byUse.Remove(oldest);
                }

                oldest = next;
            }
        }
    }

    public void Forget(FilePart part)
    {
        lock (_lock)
        {
            if (_nodes.Remove(part, out LinkedListNode<FilePart>? node))
            {
                _byUse.Remove(node);
            }
        }
    }

    public void CloseAll()
    {
        lock (_lock)
        {
            foreach (FilePart part in _byUse)
            {
                part.TryClose();
            }

            _byUse.Clear();
            _nodes.Clear();
        }
    }
}

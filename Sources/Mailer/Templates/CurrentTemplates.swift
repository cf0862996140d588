import Synchronization

/// The templates in use. A reload replaces them whole; a mail that is being written keeps those it began with.
package final class CurrentTemplates: Sendable {
    private let current: Mutex<TemplateLibrary>

    package init(_ library: TemplateLibrary) {
        current = Mutex(library)
    }

    package var library: TemplateLibrary { current.withLock { $0 } }

    package func replace(with library: TemplateLibrary) {
        current.withLock { $0 = library }
    }
}
